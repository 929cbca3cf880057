/** How a script comes by a stored set of pictures, as Python: it holds a small one itself, a large one lies beside it. */
import { fileOf, storedSets } from '../catalog/images/stored.ts';
import { float32 } from './mixtures.ts';
import { base64Text, wrapped } from './words.ts';

/** The name of a set that is stored in a file. */
export type StoredName = (typeof storedSets)[number]['name'];

/** Bytes of pictures and classes, unpacked: with more, a script would be a file of data. */
const MOST_HELD = 65_536;

const setOf = (name: StoredName) => {
  const set = storedSets.find((each) => each.name === name);
  if (!set) throw new Error(`there is no stored set ${name}`);
  return set;
};

/** The file of a set that a script can hold itself. */
export function heldFile(name: StoredName): string | undefined {
  const { count, side, channels } = setOf(name);
  return count * (1 + (side * side * channels) / 2) <= MOST_HELD ? fileOf(name) : undefined;
}

export interface StoredText {
  /** How the set is unpacked and, from a file, read. */
  readonly helper: string;
  /** The set itself, which goes to the end of the script; empty where it is in a file. */
  readonly data: string;
  /** The file that must lie beside the script. */
  readonly file?: string;
}

/** `packed` is what the set's file holds; `site` is the address of the folder of such files, if it is known. */
export function storedText(name: StoredName, packed: Uint8Array | undefined, site?: string): StoredText {
  const set = setOf(name);
  const unpacked = `
def unpacked(content):
    """Pictures and the class of each, from ${set.count} classes, a byte each, and pixels of four bits."""
    content = np.frombuffer(content, dtype=np.uint8)
    labels, pairs = content[:${set.count}], content[${set.count}:]
    levels = np.stack([pairs >> 4, pairs & 15], axis=1).reshape(len(labels), -1)  # 0 is black, 15 is white
    return ${float32('levels / 7.5 - 1')}, labels
`;
  if (packed) {
    const about = `${set.label}: ${set.source}; ${set.licence}. Compressed by gzip, in base64.`;
    return {
      helper: unpacked,
      data: `# ${wrapped(about, 2).replaceAll('\n  ', '\n# ')}
PICTURES, LABELS = unpacked(gzip.decompress(base64.b64decode("""
${base64Text(packed).join('\n')}
""")))`,
    };
  }
  const file = fileOf(name);
  const whence = `${site ? `${site}${file}, or ` : 'the folder data of the site on which the run was played, or '}public/data/${file} in the source of Saddle`;
  return {
    file,
    data: '',
    helper: `${unpacked.trim()}


def load(name, whence, checksum):
    """What a file beside this script unpacks to; the checksum is the SHA-256 of that."""
    path = Path(__file__).with_name(name)
    get = f"Put it beside this script, from {whence}; what it unpacks to has SHA-256 {checksum}."
    if not path.exists():
        raise SystemExit(f"The pictures are not there: {name} is missing. {get}")
    try:
        content = gzip.decompress(path.read_bytes())
    except (OSError, EOFError, zlib.error):
        content = b""  # cut off, or no gzip at all
    if hashlib.sha256(content).hexdigest() != checksum:
        raise SystemExit(f"{path} is damaged, or another file of that name. {get}")
    return content


PICTURES, LABELS = unpacked(load(
    "${file}",
    "${whence}",
    "${set.checksum}",
))
`,
  };
}
