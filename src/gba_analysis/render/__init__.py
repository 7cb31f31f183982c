"""From a staged folder to HTML and PDF: real Quarto, or an engine of the same parts. No analysis, no
staging.
"""
