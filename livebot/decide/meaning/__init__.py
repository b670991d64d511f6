"""What a comment means: its vector, the question it asks, the issue it leans to."""
