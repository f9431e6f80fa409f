"""The parts of one school's year in the browser, which the test of the year plays in order."""
