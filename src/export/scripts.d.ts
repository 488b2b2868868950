// esbuild's text loader gives a file as it is written.
declare module '*.py' {
  const text: string;
  export default text;
}
