import { type Html, html, scriptJson, trusted } from '../site/html.ts';
import type { Shop } from './visit.ts';

const SNIPPET =
  "(function(w,n,u,o){w._countersign=n;w[n]=w[n]||function(){(w[n].q=w[n].q||[]).push(arguments)};w[n].t=Date.now();w[n].c=o;var s=document.createElement('script');s.async=1;s.src=u;s.crossOrigin='anonymous';if(o.integrity)s.integrity=o.integrity;document.head.appendChild(s)})";

/** What every site pastes into its pages (Guest API §14.1), with the page's nonce. */
export function messengerSnippet(shop: Shop, deploymentId: string, nonce: string): Html {
  const url = scriptJson(`${shop.nodeUrl}/messenger/loader.js`);
  const options = scriptJson({
    deploymentId,
    ...(shop.loaderIntegrity === undefined ? {} : { integrity: shop.loaderIntegrity }),
  });
  return html`<script nonce="${nonce}">${trusted(SNIPPET)}(window,'Countersign',${url},${options});</script>`;
}
