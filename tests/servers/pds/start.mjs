// The reference PDS and a directory in memory, on loopback; one JSON line when both listen.
// Fed to node on its standard input from the folder of the packages, so that imports are found there.
// Its one argument is JSON: {folder, port, directoryPort, jwtSecret, adminPassword, rateLimits}.
import net from 'node:net'

// Both packages listen on every interface and offer no way to say otherwise.
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (where, ...rest) {
  if (where !== null && typeof where === 'object') return listen.call(this, { ...where, host: '127.0.0.1' }, ...rest)
  return listen.call(this, where, '127.0.0.1', ...rest.filter((it) => typeof it === 'function'))
}

// A test run that is killed must not leave 400 MB behind.
const parent = process.ppid
setInterval(() => process.ppid === parent || process.exit(0), 1000).unref()

const { PDS } = await import('@atproto/pds')
const { Secp256k1Keypair } = await import('@atproto/crypto')
const { default: plc } = await import('@did-plc/server')

const asked = JSON.parse(process.argv[2])
const rotation = await Secp256k1Keypair.create({ exportable: true })
const recovery = await Secp256k1Keypair.create()

const directory = plc.PlcServer.create({ db: plc.Database.mock(), port: asked.directoryPort })
await directory.start()

const pds = await PDS.fromEnv({
  devMode: true,
  port: asked.port,
  hostname: 'localhost',
  dataDirectory: asked.folder,
  blobstoreDiskLocation: `${asked.folder}/blobs`,
  didPlcUrl: `http://localhost:${asked.directoryPort}`,
  recoveryDidKey: recovery.did(),
  plcRotationKeyK256PrivateKeyHex: Buffer.from(await rotation.export()).toString('hex'),
  adminPassword: asked.adminPassword,
  jwtSecret: asked.jwtSecret,
  serviceHandleDomains: ['.test'],
  inviteRequired: false,
  disableSsrfProtection: true,
  rateLimitsEnabled: asked.rateLimits,
})
await pds.start()
console.log(JSON.stringify({ url: `http://127.0.0.1:${asked.port}` }))
