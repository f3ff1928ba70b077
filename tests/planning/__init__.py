"""The planner measured on real stories, beside a greedy packer, by a judge of neither."""
