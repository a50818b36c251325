/** `npm run package`: what is published, in `dist/npm`. */
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { writeNpmPackage } from './npm-package.ts';

const root = resolve(import.meta.dirname, '../..');
execFileSync('npm', ['run', '--silent', 'build:cli'], { cwd: root, stdio: 'inherit' });
writeNpmPackage(resolve(root, 'dist/npm'));
console.log('dist/npm: npm publish dist/npm');
