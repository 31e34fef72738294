/** A cheap look at a text, before anything is parsed. */

/** Whether a text may hold a Cilium ConfigMap. */
export function mayHoldCiliumConfig(text: string): boolean {
  return (
    text.includes('ConfigMap') && /cilium-config|enable-ipv4|routing-mode|kube-proxy-replacement/.test(text)
  );
}
