const names: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'pipe',
  ' ': 'space',
};

/** What a delimiter is called. */
export const delimiterName = (byte: number): string => {
  const character = String.fromCharCode(byte);
  return names[character] ?? character;
};
