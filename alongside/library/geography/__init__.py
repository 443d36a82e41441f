"""Where in Canada: from three signs of a postal code, a town or a pair of coordinates, without a network."""
