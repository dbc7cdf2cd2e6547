// PostGraphile 5 on node's own HTTP server. Tuning, as its pages on performance and production advise:
// GRAPHILE_ENV=production (set by the bench); the string output of Grafast; plain lists in place of nested connections;
// no GraphiQL, no websockets, no watching, no explain, no mutations; no pgSettings, so that no transaction is opened for a read;
// prepared statements (the adaptor keeps 100 for each connection); parse and validation cache of 500 documents.
import { createServer } from "node:http";
import { PgSimplifyInflectionPreset } from "@graphile/simplify-inflection";
import { grafserv } from "postgraphile/grafserv/node";
import { makePgService } from "postgraphile/adaptors/pg";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { postgraphile } from "postgraphile";

const preset = {
  extends: [PostGraphileAmberPreset, PgSimplifyInflectionPreset],
  schema: { defaultBehavior: "list -insert -update -delete" },
  pgServices: [
    makePgService({
      connectionString: process.env.BENCH_DATABASE_URL,
      schemas: ["catalogue"],
      poolConfig: { max: Number(process.env.BENCH_CONNECTIONS) },
    }),
  ],
  grafserv: { graphiql: false, websockets: false, watch: false, outputDataAsString: true, parseAndValidateCacheSize: 500 },
  grafast: { explain: false },
};
const server = createServer();
server.keepAliveTimeout = 600_000; // the connections of the load generator rest between rounds
const serv = postgraphile(preset).createServ(grafserv);
await serv.addTo(server);
server.listen(Number(process.env.PORT), "127.0.0.1");
