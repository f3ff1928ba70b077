"""Pages that plan themselves: from a list of stories to rectangles for every page."""
