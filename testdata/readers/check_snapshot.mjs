// Check that a JavaScript reader of Parquet sees in a snapshot what its data package says.
//
//     node check_snapshot.mjs SNAPSHOT ANSWERS
//
// SNAPSHOT is the folder of a published snapshot. ANSWERS is a folder with TABLE.json for each table whose
// values are compared too: what `samkraft query "FROM TABLE" --format json` printed. Every table is read with hyparquet, which
// shares no code with the other readers; SAMKRAFT_NODE_MODULES names the folder that it is installed in.
// The first difference ends the check with exit code 1.

import { readFileSync, readdirSync, existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const modules = process.env.SAMKRAFT_NODE_MODULES
if (!modules || process.argv.length !== 4) {
  console.error('usage: SAMKRAFT_NODE_MODULES=FOLDER node check_snapshot.mjs SNAPSHOT ANSWERS')
  process.exit(2)
}
const installed = createRequire(join(modules, 'x.js'))
const load = async (name) => import(pathToFileURL(installed.resolve(name)).href)
const { parquetMetadata, parquetReadObjects } = await load('hyparquet')
const { compressors } = await load('hyparquet-compressors')

// The JavaScript type of a cell, by the type that stored_as names.
const types = {
  SMALLINT: 'number', INTEGER: 'number', BIGINT: 'bigint', UBIGINT: 'bigint', DOUBLE: 'number', BOOLEAN: 'boolean',
  VARCHAR: 'string', DATE: 'date', 'TIMESTAMP WITH TIME ZONE': 'date',
}

class Difference extends Error {}

function expect(what, found, wanted) {
  const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)]
  if (a !== b) throw new Difference(`${what}: found ${a}, expected ${b}`)
}

function typeOf(value) {
  return value instanceof Date ? 'date' : typeof value
}

// A cell as the query prints it in JSON: whole numbers of 64 bits as numbers, dates and times as text.
function printed(value, storedAs) {
  if (value === null || value === undefined) return null
  if (storedAs === 'DATE') return value.toISOString().slice(0, 10)
  if (storedAs === 'TIMESTAMP WITH TIME ZONE') return value.toISOString().replace(/\.000Z$/, 'Z')
  if (typeof value === 'bigint') return Number(value)
  return value
}

function checkTypes(name, field, rows) {
  const decimal = field.stored_as.startsWith('DECIMAL(')
  const wanted = decimal ? 'number' : types[field.stored_as]
  if (!wanted) throw new Difference(`${name}.${field.name}: the data package names the type ${field.stored_as}, which no published table should have`)
  for (const [i, row] of rows.entries()) {
    const value = row[field.name]
    if (value !== null && value !== undefined) expect(`${name}.${field.name}, row ${i + 1}, type`, typeOf(value), wanted)
  }
}

// hyparquet makes a binary number of a decimal, which is off in its last bits: it is compared to its scale.
function same(found, wanted, storedAs) {
  if (!storedAs.startsWith('DECIMAL(') || found === null || wanted === null) return found === wanted
  const [, scale] = storedAs.match(/,(\d+)\)/)
  return found.toFixed(scale) === Number(wanted).toFixed(scale)
}

function checkValues(name, fields, rows, answers) {
  expect(`${name}, rows of the query`, answers.length, rows.length)
  for (const [i, row] of rows.entries()) {
    for (const { name: column, stored_as: storedAs } of fields) {
      if (!(column in answers[i])) throw new Difference(`${name}: the query has no column ${column}`)
      const [found, wanted] = [printed(row[column], storedAs), answers[i][column]]
      if (!same(found, wanted, storedAs)) throw new Difference(`${name}.${column}, row ${i + 1}: found ${JSON.stringify(found)}, the query has ${JSON.stringify(wanted)}`)
    }
  }
}

async function checkTable(folder, resource, answers) {
  const bytes = readFileSync(join(folder, resource.path))
  expect(`${resource.path}, bytes`, bytes.length, resource.bytes)
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
  const metadata = parquetMetadata(file)
  const { fields } = resource.schema
  expect(`${resource.name}, columns`, metadata.schema.slice(1).map((c) => c.name), fields.map((f) => f.name))
  expect(`${resource.name}, rows in the footer`, Number(metadata.num_rows), resource.rows)
  const rows = await parquetReadObjects({ file, metadata, compressors })
  expect(`${resource.name}, rows`, rows.length, resource.rows)
  for (const field of fields) checkTypes(resource.name, field, rows)
  const answer = join(answers, `${resource.name}.json`)
  if (!existsSync(answer)) return false
  checkValues(resource.name, fields, rows, JSON.parse(readFileSync(answer, 'utf8')))
  return true
}

async function checkSnapshot(folder, answers) {
  const { resources } = JSON.parse(readFileSync(join(folder, 'datapackage.json'), 'utf8'))
  const files = readdirSync(folder).filter((name) => name.endsWith('.parquet')).sort()
  expect('Parquet files', files, resources.map((r) => r.path).sort())
  let [compared, rows] = [0, 0]
  for (const resource of resources) {
    rows += resource.rows
    if (await checkTable(folder, resource, answers)) compared++
  }
  for (const name of readdirSync(answers)) {
    if (!files.includes(name.replace(/\.json$/, '.parquet'))) throw new Difference(`${name} answers for no table`)
  }
  console.log(`${folder}: ${files.length} tables, ${rows} rows as in the data package; values of ${compared} tables as in the query`)
}

try {
  await checkSnapshot(process.argv[2], process.argv[3])
} catch (problem) {
  console.error(`${process.argv[2]}: ${problem instanceof Difference ? problem.message : problem.stack}`)
  process.exit(1)
}
