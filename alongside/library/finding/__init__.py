"""Finding: a small search in the Book, in English and in French, that can say why it found what it found."""
