// All pages but the first, which are loaded together: each file that a webview asks for takes its while, and of more than
// one the parts that they share with the first page would stand in many small ones.
export { Equations } from './equations';
export { Exercises } from './exercises';
export { LabPage } from './lab';
export { Neurons } from './neurons';
export { Runs } from './runs';
