"""What the training regency knows before anything is drawn or stored: units, people, innovations, evidence, words."""
