import { crc32, deflateRawSync } from 'node:zlib'

/** 1 January 1980, 00:00: the same contents give the same archive. */
const date = 0x21

/**
 * A zip archive (PKWARE APPNOTE 6.3, sections 4.3 and 4.4) of files with their Unix modes.
 * @param {{ name: string, bytes: Uint8Array, executable: boolean }[]} files
 */
export function zip(files) {
  const parts = []
  const directory = []
  let offset = 0
  for (const { name, bytes, executable } of files) {
    const path = Buffer.from(name)
    const packed = deflateRawSync(bytes)
    const head = Buffer.alloc(26)
    // Version 2.0, names in UTF-8, deflated.
    head.writeUInt16LE(20, 0)
    head.writeUInt16LE(0x0800, 2)
    head.writeUInt16LE(8, 4)
    head.writeUInt16LE(date, 8)
    head.writeUInt32LE(crc32(bytes), 10)
    head.writeUInt32LE(packed.length, 14)
    head.writeUInt32LE(bytes.length, 18)
    head.writeUInt16LE(path.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), head, path, packed])
    const central = Buffer.alloc(14)
    central.writeUInt32LE(((0o100000 | (executable ? 0o755 : 0o644)) << 16) >>> 0, 6)
    central.writeUInt32LE(offset, 10)
    // Made on Unix: the modes above hold.
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 3]), head, central, path]))
    parts.push(local)
    offset += local.length
  }
  const index = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 0, 'latin1')
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(index.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, index, end])
}
