"""What the test run itself does, beside the tests."""
