// The benchmark's job as an analyst would write it in DuckDB: list against consents and relations, clean and rejected
// lists written in the list's order. What callscrub does beyond that (evidence, hashes, every reason, the timeline) is
// left out in DuckDB's favour.
//   node duckdb.mjs DATA_DIR OUT_DIR [THREADS]    needs: npm install @duckdb/node-api
import { createRequire } from 'node:module';
import process from 'node:process';
const { DuckDBInstance } = createRequire(process.cwd() + '/')('@duckdb/node-api');

const [data, out, threads = '2'] = process.argv.slice(2);
const day = "DATE '2026-06-15'";
const db = await DuckDBInstance.create(':memory:', { threads, preserve_insertion_order: 'true' });
const sql = await db.connect();

// Digits in international form. Spellings of the data: national with 0, 00, +, blanks, dashes, (0).
const number = `CASE
    WHEN p LIKE '+%' THEN substr(p, 2)
    WHEN p LIKE '00%' THEN substr(p, 3)
    WHEN country = 'DE' THEN '49' || substr(p, 2)
    ELSE '31' || substr(p, 2) END::UBIGINT`;
const plain = `replace(replace(replace(phone, '(0)', ''), ' ', ''), '-', '')`;
const csv = (name) => `read_csv('${data}/${name}.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"')`;

await sql.run(`
CREATE TABLE consent AS SELECT ${number} AS number, country, status, ts, until, evidence, fits FROM (
    SELECT ${plain} AS p, country, status, timestamp::TIMESTAMPTZ AS ts, valid_until::DATE AS until, evidence IS NOT NULL AS evidence,
        (product IS NULL OR product IN ('energy', 'energy|gas')) AS fits
    FROM ${csv('consents')}
    WHERE (channel = 'phone' OR (channel = 'any' AND (status <> 'opt_in' OR country = 'DE')))
        AND entity IN ('Energie AG', 'Energie AG|Wasser AG'));
CREATE TABLE no AS
    SELECT number, max(ts) AS last, arg_max(status, ts) AS status FROM consent WHERE status <> 'opt_in' GROUP BY number;
CREATE TABLE yes AS
    SELECT number, max(ts) AS last FROM consent
    WHERE status = 'opt_in' AND fits AND evidence AND (until IS NULL OR until >= ${day})
        AND (until IS NOT NULL OR country <> 'DE' OR (ts AT TIME ZONE 'Europe/Berlin')::DATE + INTERVAL 48 MONTH >= ${day})
    GROUP BY number;
CREATE TABLE relation AS
    SELECT number, bool_or(good) AS good, bool_or(objected) AS objected FROM (
        SELECT ${number} AS number, objected_at IS NOT NULL AND entity = 'Energie AG' AS objected,
            country = 'NL' AND entity = 'Energie AG' AND kind IN ('subscription', 'sale') AND paid = 'yes'
            AND number_source = 'customer' AND informed = 'yes'
            AND (objection_offered = 'yes' OR start::DATE < DATE '2021-07-01') AND start::DATE <= ${day}
            AND coalesce("end"::DATE, CASE WHEN kind = 'sale' THEN start::DATE END, DATE '9999-12-31') >= ${day} - INTERVAL 36 MONTH AS good
        FROM (SELECT *, ${plain} AS p FROM ${csv('relations')}))
    GROUP BY number;
CREATE TABLE judged AS
    SELECT l.*, y.last IS NOT NULL AND (n.last IS NULL OR y.last > n.last) AND NOT coalesce(r.objected AND y.last < TIMESTAMPTZ '2024-06-02 00:00:00+02', false) AS consent,
        n.last IS NULL AND NOT coalesce(r.objected, false) AND coalesce(r.good, false) AS customer,
        n.status AS no, r.objected AS objected
    FROM (SELECT *, ${number} AS number FROM (SELECT *, ${plain} AS p, row_number() OVER () AS line FROM ${csv('list')})) l
    LEFT JOIN no n USING (number) LEFT JOIN yes y USING (number) LEFT JOIN relation r USING (number);
CREATE TABLE first AS SELECT number, min(line) AS line FROM judged WHERE consent OR customer GROUP BY number;
`);
const columns = 'lead_id, first_name, last_name, street, city, country, phone, party, source, note, score, owner, updated';
await sql.run(`COPY (SELECT ${columns} FROM judged j SEMI JOIN first f ON j.number = f.number AND j.line = f.line ORDER BY line)
    TO '${out}/clean.csv' (HEADER, DELIMITER ',')`);
await sql.run(`COPY (SELECT ${columns}, line + 1 AS scrub_line,
        CASE WHEN consent OR customer THEN 'DUPLICATE' WHEN no IS NOT NULL OR objected THEN 'NO' ELSE 'NOTHING' END AS scrub_reason
    FROM judged j ANTI JOIN first f ON j.number = f.number AND j.line = f.line ORDER BY line)
    TO '${out}/rejected.csv' (HEADER, DELIMITER ',')`);
const counts = await sql.runAndReadAll(`SELECT count(*), count(*) FILTER (consent OR customer), (SELECT count(*) FROM first),
    count(*) FILTER (consent), version() FROM judged`);
const [rows, callable, clean, consent, version] = counts.getRows()[0].map(String);
console.log(JSON.stringify({ rows: +rows, clean: +clean, duplicate: callable - clean, by_consent: +consent, version }));
