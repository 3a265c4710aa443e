"""What is mailed. Station 5: emails and retry are pure; deliver is the only file that speaks SMTP."""
