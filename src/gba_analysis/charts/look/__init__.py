"""The look of all charts: type, colours, the sheet they are drawn on, and both forms of SVG. No chart."""
