// A test suite's set-up: empties the tables, as helpers around node-postgres do. The module's folder is the argument.
const { Client } = require(process.argv[2]);

async function main() {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  await client.query('TRUNCATE "public"."orders", "public"."order_items", "public"."payments" RESTART IDENTITY CASCADE');
  console.log('cleaned');
  await client.end();
}

main().catch((error) => {
  console.error(`${error.code} ${error.message} / ${error.detail} / ${error.hint}`);
  process.exit(1);
});
