"""Galleys into frames: heads, columns, jumps, overset and underset."""
