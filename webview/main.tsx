import { render } from 'preact';
import { App } from './pages/app';
import { connect } from './store';
import './style.css';

const app = document.getElementById('app');
if (app) {
  render(<App />, app);
  connect();
}
