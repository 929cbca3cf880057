/** Writes WebAssembly: instructions of a function, and functions of a module, as bytes. */

/** Value types that kernels use. */
export const i32 = 0x7f;
export const f64 = 0x7c;
export const v128 = 0x7b;
export type ValueType = typeof i32 | typeof f64 | typeof v128;

/** Plain instructions without immediates (WebAssembly core specification, 5.4). */
const plain = {
  return: 0x0f,
  'i32.eqz': 0x45,
  'i32.ne': 0x47,
  'i32.lt_u': 0x49,
  'i32.add': 0x6a,
  'i32.sub': 0x6b,
  'i32.mul': 0x6c,
  'i32.and': 0x71,
} as const;

/** Vector instructions without immediates (5.4.8, prefix 0xfd), and two of relaxed SIMD. */
const vector = {
  'i32x4.splat': 17,
  'f32x4.splat': 19,
  'f64x2.splat': 20,
  'i32x4.gt_s': 59,
  'i32x4.lt_s': 57,
  'i32x4.eq': 55,
  'f32x4.eq': 65,
  'f32x4.ne': 66,
  'f32x4.lt': 67,
  'f32x4.gt': 68,
  'f32x4.le': 69,
  'f32x4.ge': 70,
  'f64x2.lt': 73,
  'v128.any_true': 83,
  'v128.not': 77,
  'v128.and': 78,
  'v128.andnot': 79,
  'v128.or': 80,
  'v128.xor': 81,
  'v128.bitselect': 82,
  'f32x4.demote_f64x2_zero': 94,
  'f64x2.promote_low_f32x4': 95,
  'f32x4.nearest': 106,
  'f64x2.nearest': 148,
  'i32x4.shl': 171,
  'i32x4.shr_s': 172,
  'i32x4.shr_u': 173,
  'i32x4.add': 174,
  'i32x4.sub': 177,
  'i64x2.extend_low_i32x4_u': 201,
  'i64x2.shl': 203,
  'i64x2.shr_s': 204,
  'i64x2.shr_u': 205,
  'f32x4.abs': 224,
  'f32x4.neg': 225,
  'f32x4.sqrt': 227,
  'f32x4.add': 228,
  'f32x4.sub': 229,
  'f32x4.mul': 230,
  'f32x4.div': 231,
  'f32x4.min': 232,
  'f32x4.max': 233,
  'f32x4.pmin': 234,
  'f32x4.pmax': 235,
  'f64x2.sqrt': 239,
  'f64x2.add': 240,
  'f64x2.sub': 241,
  'f64x2.mul': 242,
  'f64x2.div': 243,
  'i32x4.trunc_sat_f32x4_s': 248,
  'f32x4.convert_i32x4_s': 250,
  'i32x4.trunc_sat_f64x2_s_zero': 252,
  'f64x2.convert_low_i32x4_s': 254,
  'f64x2.convert_low_i32x4_u': 255,
  'f32x4.relaxed_madd': 261,
  'f32x4.relaxed_nmadd': 262,
} as const;

/** Loads and stores of memory: address (and a value or a vector) from the stack, offset as immediate. */
const memory = {
  'v128.load': 0,
  'v128.load32_splat': 9,
  'v128.load64_splat': 10,
  'v128.store': 11,
  'v128.load32_zero': 92,
  'v128.load64_zero': 93,
} as const;

const memoryLane = {
  'v128.load32_lane': 86,
  'v128.load64_lane': 87,
  'v128.store32_lane': 90,
  'v128.store64_lane': 91,
} as const;

export type Instruction = keyof typeof plain | keyof typeof vector;
export type Local = number;

function unsigned(value: number, into: number[]): void {
  let rest = value >>> 0;
  while (rest >= 0x80) {
    into.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  into.push(rest);
}

function signed(value: number, into: number[]): void {
  let rest = value | 0;
  for (;;) {
    const byte = rest & 0x7f;
    rest >>= 7;
    if ((rest === 0 && (byte & 0x40) === 0) || (rest === -1 && (byte & 0x40) !== 0)) {
      into.push(byte);
      return;
    }
    into.push(byte | 0x80);
  }
}

/** The instructions of one function, appended in order. Its parameters are its first locals. */
export class Code {
  readonly bytes: number[] = [];
  private readonly locals: ValueType[] = [];
  private readonly free = new Map<ValueType, Local[]>();
  readonly parameters: readonly ValueType[];
  /** Whether products may be fused with the sums that take them up (relaxed SIMD). */
  readonly relaxed: boolean;

  constructor(parameters: readonly ValueType[], relaxed = false) {
    this.parameters = parameters;
    this.relaxed = relaxed;
  }

  /** A local of this type; its value is undefined until set. Give it back when it is no longer read. */
  local(type: ValueType): Local {
    const known = this.free.get(type)?.pop();
    if (known !== undefined) return known;
    this.locals.push(type);
    return this.parameters.length + this.locals.length - 1;
  }
  release(...locals: Local[]): this {
    for (const local of locals) {
      const type = this.locals[local - this.parameters.length];
      const list = this.free.get(type);
      if (list) list.push(local);
      else this.free.set(type, [local]);
    }
    return this;
  }

  get(local: Local): this {
    this.bytes.push(0x20);
    unsigned(local, this.bytes);
    return this;
  }
  set(local: Local): this {
    this.bytes.push(0x21);
    unsigned(local, this.bytes);
    return this;
  }
  tee(local: Local): this {
    this.bytes.push(0x22);
    unsigned(local, this.bytes);
    return this;
  }
  i32(value: number): this {
    this.bytes.push(0x41);
    signed(value, this.bytes);
    return this;
  }
  /** A vector of four times the same float32. */
  f32(value: number): this {
    return this.vector(new Uint8Array(Float32Array.of(value, value, value, value).buffer));
  }
  /** A vector of twice the same float64. */
  f64(value: number): this {
    return this.vector(new Uint8Array(Float64Array.of(value, value).buffer));
  }
  /** A vector of these 32-bit words. */
  words(...words: readonly [number, number, number, number]): this {
    return this.vector(new Uint8Array(Int32Array.from(words).buffer));
  }
  /** A vector of four times the same 32-bit word. */
  word(word: number): this {
    return this.words(word, word, word, word);
  }
  private vector(bytes: Uint8Array): this {
    this.bytes.push(0xfd, 12, ...bytes);
    return this;
  }
  /** x y -> x y + c, where `pushed` puts c on the stack. */
  multiplyAdd(pushed: () => void): this {
    if (!this.relaxed) this.op('f32x4.mul');
    pushed();
    return this.op(this.relaxed ? 'f32x4.relaxed_madd' : 'f32x4.add');
  }
  /** All of these, one after the other. */
  op(...names: Instruction[]): this {
    for (const name of names) {
      if (name in plain) this.bytes.push(plain[name as keyof typeof plain]);
      else {
        this.bytes.push(0xfd);
        unsigned(vector[name as keyof typeof vector], this.bytes);
      }
    }
    return this;
  }
  /** Address from the stack; `offset` in bytes. No alignment is promised. */
  memory(name: keyof typeof memory, offset = 0): this {
    this.bytes.push(0xfd);
    unsigned(memory[name], this.bytes);
    this.bytes.push(0);
    unsigned(offset, this.bytes);
    return this;
  }
  memoryLane(name: keyof typeof memoryLane, offset: number, lane: number): this {
    this.bytes.push(0xfd);
    unsigned(memoryLane[name], this.bytes);
    this.bytes.push(0);
    unsigned(offset, this.bytes);
    this.bytes.push(lane);
    return this;
  }
  /** The 32-bit words `words` of the two vectors on the stack, 0 to 3 of the first, 4 to 7 of the second. */
  shuffle(...words: readonly [number, number, number, number]): this {
    this.bytes.push(0xfd, 13);
    for (const word of words) for (let byte = 0; byte < 4; byte++) this.bytes.push(4 * word + byte);
    return this;
  }
  /** One float32 lane of the vector on the stack, in all four. */
  spread(lane: number): this {
    const copy = this.local(v128);
    this.tee(copy).get(copy).shuffle(lane, lane, lane, lane);
    this.release(copy);
    return this;
  }
  call(index: number): this {
    this.bytes.push(0x10);
    unsigned(index, this.bytes);
    return this;
  }
  /** Adds a constant to an i32 local. */
  advance(local: Local, by: number): this {
    return by === 0 ? this : this.get(local).i32(by).op('i32.add').set(local);
  }
  /** Runs `body` `count` times, a number known now. */
  repeat(count: number, body: () => void): this {
    if (count <= 0) return this;
    if (count === 1) {
      body();
      return this;
    }
    const left = this.local(i32);
    this.i32(count).set(left).repeatDynamic(left, body);
    this.release(left);
    return this;
  }
  /** Runs `body` as often as the i32 local `left` says, at least once; it ends at 0. */
  repeatDynamic(left: Local, body: () => void): this {
    this.bytes.push(0x03, 0x40); // loop
    body();
    this.get(left).i32(1).op('i32.sub').tee(left);
    this.bytes.push(0x0d, 0, 0x0b); // br_if 0, end
    return this;
  }

  /** The function's body as the code section holds it. */
  body(): number[] {
    const runs: [number, ValueType][] = [];
    for (const type of this.locals) {
      const last = runs.at(-1);
      if (last && last[1] === type) last[0]++;
      else runs.push([1, type]);
    }
    const content: number[] = [];
    unsigned(runs.length, content);
    for (const [count, type] of runs) {
      unsigned(count, content);
      content.push(type);
    }
    for (const byte of this.bytes) content.push(byte);
    content.push(0x0b);
    return content;
  }
}

/** Functions without results over one imported memory, `env.memory`. Equal functions are written once. */
export class ModuleWriter {
  private readonly bodies: number[][] = [];
  private readonly types: string[] = [];
  private readonly typeOf: number[] = [];
  private readonly known = new Map<string, number>();
  private readonly exported: [string, number][] = [];

  /** Its index, to call it by. */
  add(code: Code): number {
    const type = code.parameters.join(' ');
    const body = code.body();
    const key = `${type}:${String.fromCharCode(...body.slice(0, 64))}:${body.join()}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    let typeIndex = this.types.indexOf(type);
    if (typeIndex < 0) typeIndex = this.types.push(type) - 1;
    this.typeOf.push(typeIndex);
    const index = this.bodies.push(body) - 1;
    this.known.set(key, index);
    return index;
  }
  export(name: string, index: number): void {
    this.exported.push([name, index]);
  }

  bytes(): Uint8Array<ArrayBuffer> {
    const out = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
    const section = (id: number, write: (into: number[]) => void) => {
      const content: number[] = [];
      write(content);
      out.push(id);
      unsigned(content.length, out);
      for (const byte of content) out.push(byte);
    };
    const text = (value: string, into: number[]) => {
      unsigned(value.length, into);
      for (let i = 0; i < value.length; i++) into.push(value.charCodeAt(i));
    };
    section(1, (into) => {
      unsigned(this.types.length, into);
      for (const type of this.types) {
        const parameters = type === '' ? [] : type.split(' ').map(Number);
        into.push(0x60);
        unsigned(parameters.length, into);
        into.push(...parameters, 0);
      }
    });
    section(2, (into) => {
      into.push(1);
      text('env', into);
      text('memory', into);
      into.push(0x02, 0x00, 0); // a memory of at least no pages
    });
    section(3, (into) => {
      unsigned(this.typeOf.length, into);
      for (const type of this.typeOf) unsigned(type, into);
    });
    section(7, (into) => {
      unsigned(this.exported.length, into);
      for (const [name, index] of this.exported) {
        text(name, into);
        into.push(0);
        unsigned(index, into);
      }
    });
    section(10, (into) => {
      unsigned(this.bodies.length, into);
      for (const body of this.bodies) {
        unsigned(body.length, into);
        for (const byte of body) into.push(byte);
      }
    });
    return Uint8Array.from(out);
  }
}
