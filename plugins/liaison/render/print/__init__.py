"""What is printed: the colours of the posters, and the PDF that a printer can take as it is."""
