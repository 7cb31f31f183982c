"""One module for each kind of chart: a table in, a Figure out, and the same table in words."""
