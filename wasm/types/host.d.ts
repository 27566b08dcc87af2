// What a host lends to the core.
// SPDX-License-Identifier: Apache-2.0

export type OrPromise<T> = T | Promise<T>;

/**
 * What the core is lent. Members that are left out take a default: in Node the process's own; in a browser an empty
 * environment, no files and no output.
 */
export interface Host {
  /** Variables such as PEAQOS_RPC_URL and PEAQOS_PRIVATE_KEY. */
  env?: Record<string, string | undefined>;
  /** Milliseconds since 1970, as Date.now. */
  now?: () => number;
  /** Milliseconds since an arbitrary start, of a clock that never steps back; performance.now when left out. */
  monotonic?: () => number;
  sleep?: (milliseconds: number) => Promise<void>;
  /** Fills with cryptographic randomness. */
  randomFill?: (bytes: Uint8Array) => void;
  /** A whole file of at most `limit` bytes. Throws an error whose `failure` says why it cannot. */
  readFile?: (path: string, limit: number) => OrPromise<Uint8Array>;
  /** Appends durably; a new file gets `mode`. Throws as readFile does. */
  appendFile?: (path: string, bytes: Uint8Array, mode: number) => OrPromise<void>;
  /** Puts a file into place, whole or not at all. Throws as readFile does. */
  replaceFile?: (path: string, bytes: Uint8Array, mode: number) => OrPromise<void>;
  /** The length of a file in bytes. Throws as readFile does, as do the next three. Left out: made of the verbs above. */
  fileSize?: (path: string) => OrPromise<number>;
  /** At most `length` bytes of a file from `offset` on: fewer at its end, none beyond it. */
  readFilePart?: (path: string, offset: number, length: number) => OrPromise<Uint8Array>;
  /** Cuts a file that is longer than `length` to that many bytes, durably. */
  truncateFile?: (path: string, length: number) => OrPromise<void>;
  /** Gives a file another name, durably; fails as 'exists' when `to` is there. Needed when the log grows large. */
  renameFile?: (from: string, to: string) => OrPromise<void>;
  /**
   * Takes the lock that belongs to a file, which need not be there: the function that gives it back, or null when
   * somebody else has it. It ends with its process or worker. Throws as readFile does. Without it, runs
   * that share this host's file functions exclude each other.
   */
  lockFile?: (path: string) => OrPromise<(() => void) | null>;
  /** What the program runs on, for people: "Node.js 20.20.2". */
  runtime?: string;
  /** Bytes that may still be written beside a path; null, or left out, where the host cannot tell. */
  freeSpace?: (path: string) => OrPromise<number | null>;
  /** The permission bits of what a path names; 0o600 when left out. */
  fileMode?: (path: string) => OrPromise<number>;
  /**
   * The vault's files, below `${env.HOME}/.ows`; paths are joined with '/'. None of these follows a symbolic link in a
   * path's last part, unless `followLink` says so, or waits for a pipe: such a file fails as 'not-a-file'. All throw as
   * readFile does.
   */
  /** A whole regular file of at most `limit` bytes. */
  readRegularFile?: (path: string, limit: number, followLink: boolean) => OrPromise<Uint8Array>;
  /**
   * The names in a folder, without '.' and '..', in any order. A folder that is not there is 'missing', another thing
   * 'not-a-folder'.
   */
  listFolder?: (path: string) => OrPromise<string[]>;
  /**
   * Makes a folder that only its owner may enter (mode 0700), or makes one that is there so; its parent is there.
   * Whether an existing one was open to others; false in a host without modes.
   */
  makePrivateFolder?: (path: string) => OrPromise<boolean>;
  /** Makes a file that was not there: of two calls at once one succeeds, the other fails as 'exists'. */
  createFile?: (path: string, bytes: Uint8Array, mode: number) => OrPromise<void>;
  /** Takes a file's name away. */
  removeFile?: (path: string) => OrPromise<void>;
  /** As removeFile, but overwrites the file's bytes first, where a host can do that. */
  shredFile?: (path: string) => OrPromise<void>;
  /** The absolute form of a path, for messages. */
  absolute?: (path: string) => string;
  /** Whether a person types what readLine brings. */
  interactive?: () => boolean;
  /** The size in characters of the terminal that shows a stream, 0 for what it does not tell; null where none shows it. */
  terminalSize?: (stream: 'out' | 'err') => { rows: number; columns: number } | null;
  /**
   * The next line of input without its end; null at the end of input. Bytes are overwritten once they are read. `hidden`:
   * a person types a secret; only in hosts that are interactive and lend no readKey.
   */
  readLine?: (hidden?: boolean) => OrPromise<string | Uint8Array | null>;
  /** Where a person types: whether what is typed is shown, or handed over to readKey byte by byte. */
  hideTyping?: (hidden: boolean) => void;
  /** While typing is hidden: its next byte; null at the end of input. */
  readKey?: () => OrPromise<number | null>;
  /** The next bytes of input, at most `length`; none at its end. */
  readInput?: (length: number) => OrPromise<Uint8Array>;
  /** Shows text of a command line. Throws when its reader has gone. */
  write?: (stream: 'out' | 'err', text: string) => void;
  /** Serves agents over MCP; the peaqos command brings it. */
  agents?: {
    /** Serves until its input ends; resolves to whether it was interrupted. `tokenFile` is a path that a person granted. */
    serve: (tokenFile: string | null) => Promise<boolean>;
  };
  /** Serves the operator console; the peaqos command brings it. */
  console?: {
    /** Listens on the loopback addresses; resolves to the port. Throws an error whose `failure` is 'taken' or 'denied'. */
    listen: (service: {
      port: number;
      token: string;
      settings: string;
      endpoints: { url: string; proxy: string | null }[];
    }) => Promise<number>;
    open: (url: string) => void;
    /** Settles when serving ends. */
    served: () => Promise<void>;
  };
}

/** Why a file could not be read or written: the `failure` of what readFile and appendFile throw. */
export type FileFailure =
  'missing' | 'not-a-file' | 'not-a-folder' | 'denied' | 'too-large' | 'full' | 'exists' | 'other';
