@rem npm start says "exec" so that its shell gives way and Ctrl+C reaches the program; Windows has no such word.
@%*
