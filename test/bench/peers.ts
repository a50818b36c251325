/**
 * Patterns by which other tools find tokens, quoted from their published sources as facts to measure.
 * 'whole' patterns test one whole value, 'text' patterns search in text.
 */
export const peers: Record<string, { kind: 'whole' | 'text'; pattern: RegExp }> = {
  'plain eyJ': { kind: 'text', pattern: /eyJ[\w-]+\.[\w-]+\.[\w-]*/g },
  Stormpath: { kind: 'whole', pattern: /^[a-zA-Z0-9+/\-_=]+\.[a-zA-Z0-9+/\-_=]+\.[a-zA-Z0-9+/\-_=]+$/ },
  'Hacking-Notes': { kind: 'whole', pattern: /^[A-Za-z0-9-_]+\.[A-Za-z0-9-_]+(?:\.([A-Za-z0-9-_]*))?$/ },
  WolfCola: { kind: 'whole', pattern: /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/ },
  'CyberChef Magic': { kind: 'whole', pattern: /^ey([A-Za-z0-9_-]+)\.ey([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/ },
  'OWASP PTK': { kind: 'text', pattern: /(ey[a-zA-Z0-9_=]+)\.(ey[a-zA-Z0-9_=]+)\.([a-zA-Z0-9_\-+/=]*)/g },
  Jotscope: { kind: 'text', pattern: /eyJ[A-Za-z0-9_-]*\.eyJ[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*/g },
  'Burp JWT Editor': {
    kind: 'text',
    pattern:
      /(e[A-Za-z0-9-_]*\.[A-Za-z0-9-_]*\.[A-Za-z0-9-_]+\.[A-Za-z0-9-_]+\.[A-Za-z0-9-_]+)|(e[A-Za-z0-9-_]*\.[A-Za-z0-9-_]+\.[A-Za-z0-9-_]*[.^]?)/g,
  },
  'Compass / JWTLens': { kind: 'text', pattern: /(ey[a-zA-Z0-9_=]+)\.(ey[a-zA-Z0-9_=-]+)\.([a-zA-Z0-9_\-+/=]*)/g },
  Caido: { kind: 'text', pattern: /\beyJ[A-Za-z0-9_-]+\.eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\b/g },
  'ZAP JWT add-on': { kind: 'text', pattern: /[a-zA-Z0-9_-]*[.][a-zA-Z0-9_-]*[.][a-zA-Z0-9_-]*/g },
  jwt_tool: { kind: 'text', pattern: /eyJ[A-Za-z0-9_/+-]*\.eyJ[A-Za-z0-9_/+-]*\.[A-Za-z0-9._/+-]*/g },
  trufflehog: {
    kind: 'text',
    pattern:
      /\b((?:eyJ|ewogIC|ewoid)[A-Za-z0-9_-]{12,}={0,2}\.(?:eyJ|ewo)[A-Za-z0-9_-]{12,}={0,2}\.[A-Za-z0-9_-]{12,})\b/g,
  },
  gitleaks: {
    kind: 'text',
    pattern:
      /\b(ey[a-zA-Z0-9]{17,}\.ey[a-zA-Z0-9/\\_-]{17,}\.(?:[a-zA-Z0-9/\\_-]{10,}={0,2})?)(?:[\x60'"\s;]|\\[nr]|$)/g,
  },
  'noseyparker / kingfisher': {
    kind: 'text',
    pattern: /\b(ey[a-zA-Z0-9_-]{12,}\.ey[a-zA-Z0-9_-]{12,}\.[a-zA-Z0-9_-]{12,})(?:[^a-zA-Z0-9_-]|$)/g,
  },
  'detect-secrets': { kind: 'text', pattern: /eyJ[A-Za-z0-9-_=]+\.[A-Za-z0-9-_=]+\.?[A-Za-z0-9-_.+/=]*?/g },
  semgrep: { kind: 'text', pattern: /eyJ[A-Za-z0-9-_=]{14,}\.[A-Za-z0-9-_=]{13,}\.?[A-Za-z0-9-_.+/=]*?/g },
  'GitHub custom pattern': {
    kind: 'text',
    pattern:
      /(?:[^0-9A-Za-z_.-]|^)e(?:y[IJ]|yL[CD]|yA[JKgi]|w[ko][JKgi])[A-Za-z0-9_-]{10,}(?:fQ|[3HXn]0|[1BFJNRVZdhlpx]9)={0,2}\.e(?:y[IJ]|yL[CD]|yA[JKgi]|w[ko][JKgi])[A-Za-z0-9_-]{10,}(?:fQ|[3HXn]0|[1BFJNRVZdhlpx]9)={0,2}(?:\.?[A-Za-z0-9_-]+={0,2})?(?:[^0-9A-Za-z_.=-]|$)/g,
  },
  'nuclei / BCheck': { kind: 'text', pattern: /eyJ[a-zA-Z0-9]{10,}\.eyJ[a-zA-Z0-9]{10,}\.[a-zA-Z0-9_-]{10,}/g },
  'Cloudflare HAR': { kind: 'text', pattern: /\b(ey[A-Za-z0-9-_=]+)\.(ey[A-Za-z0-9-_=]+)\.[A-Za-z0-9-_.+/=]+\b/g },
  'osv-scalibr': { kind: 'text', pattern: /eyJ[A-Za-z0-9_-]+\.eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+/g },
};
