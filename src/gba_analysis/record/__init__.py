"""What a run says of itself: its manifest, where its data come from, and the place it is written to."""
