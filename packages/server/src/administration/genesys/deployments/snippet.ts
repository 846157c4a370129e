/** What a site pastes into its pages (docs/guides/site-developer.md). */
export const snippet = (publicUrl: string, deploymentId: string): string => `<script>
  (function (w, n, u, o) {
    w._countersign = n;
    w[n] = w[n] || function () { (w[n].q = w[n].q || []).push(arguments); };
    w[n].t = Date.now(); w[n].c = o;
    var s = document.createElement('script');
    s.async = true; s.src = u; s.crossOrigin = 'anonymous';
    if (o.integrity) s.integrity = o.integrity;
    document.head.appendChild(s);
  })(window, 'Countersign', '${publicUrl}/messenger/loader.js', { deploymentId: '${deploymentId}' });
</script>`;
