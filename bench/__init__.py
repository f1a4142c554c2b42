"""What things cost, measured against floors that physics or the library sets."""
