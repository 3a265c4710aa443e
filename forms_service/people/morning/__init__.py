"""What the author's morning says, alike on Today, in the morning mail and in the calendar: groups of rows, pure."""
