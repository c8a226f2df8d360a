"""What flows through the network for one sample: asked for, kept, and painted small."""
