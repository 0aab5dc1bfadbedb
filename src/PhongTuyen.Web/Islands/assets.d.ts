declare module '*.css';
declare module '*.scss';
declare module '*.wasm?url' {
  const address: string;
  export default address;
}
