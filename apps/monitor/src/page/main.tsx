import { render } from 'preact';
import './styles/tokens.css';
import './styles/layout.css';
import './styles/panels.css';
import './styles/dialogs.css';
import { App } from './app.tsx';
import { createPage } from './create-page.ts';
import { redeemCode } from './redeem-code.ts';

const host = document.querySelector('#app');
if (host === null) throw new Error('The page has no #app.');
// Before the stream opens, so that its upgrade carries the cookie.
await redeemCode(location, history);
render(<App page={createPage()} />, host);
