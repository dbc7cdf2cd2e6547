// Runs the audits of graphql-http and prints what came of each: node audits.mjs ADDRESS
import { auditServer } from 'graphql-http';

const results = await auditServer({ url: process.argv[2] });
console.log(JSON.stringify(results.map(({ id, name, status, reason }) => ({ id, name, status, reason: reason ?? null }))));
process.exit(0);
