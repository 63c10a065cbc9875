"""Recipe of the starter translator: Russian, Bashkir and Tatar in one small model."""
