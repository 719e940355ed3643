"""The promises of the contract, a file for each family: functions from a bench to the breaches that it finds."""
