"""Statistics as Vega-Lite figures, drawn by a program of its own and kept; and the frame of every figure."""
