import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

const SUITE = 'trixie';
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

function run(command, args, cwd) {
  return new Promise((resolve, reject) => {
    let output = '';
    const env = { ...process.env, LC_ALL: 'C' };
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      const lines = output.trim().split('\n');
      if (code === 0) resolve(output);
      else reject(new Error(lines.findLast((line) => line.startsWith('E:')) ?? `${command}: ${lines.at(-1)}`));
    });
  });
}

/** Whether this is a Debian with the keys that sign its archive. */
export function isDebian() {
  try {
    return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8')) && existsSync(KEYRING);
  } catch {
    return false;
  }
}

/** The mirror that this machine itself is configured to use; the security archive is not a whole one. */
async function configuredMirror() {
  const output = await run('apt-get', ['indextargets', '--format', '$(CREATED_BY) $(COMPONENT) $(REPO_URI)']);
  const mirrors = output
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([kind, component, uri]) => kind === 'Packages' && component === 'main' && uri)
    .map(([, , uri]) => uri)
    .filter((uri) => /\/debian\/?$/.test(uri));
  if (mirrors.length === 0) throw new Error('apt knows no Debian mirror');
  return mirrors[0];
}

/**
 * An apt configuration that lives in `directory` alone: one signed source, lists and cache of its own, none of the
 * machine's hooks. The machine's proxy and mirror credentials stay in effect.
 */
function writePrivateConfiguration(directory, mirror) {
  for (const each of ['lists/partial', 'cache/archives/partial'])
    mkdirSync(path.join(directory, each), { recursive: true });
  const sources = path.join(directory, 'sources.list');
  writeFileSync(sources, `deb [signed-by=${KEYRING} target=Packages] ${mirror} ${SUITE} main\n`);
  const configuration = path.join(directory, 'apt.conf');
  writeFileSync(
    configuration,
    [
      '#clear APT::Update::Post-Invoke;',
      '#clear APT::Update::Post-Invoke-Success;',
      '#clear DPkg::Post-Invoke;',
      `Dir::Etc::sourcelist "${sources}";`,
      'Dir::Etc::sourceparts "-";',
      'Dir::Etc::preferences "-";',
      'Dir::Etc::preferencesparts "-";',
      `Dir::State::lists "${directory}/lists";`,
      `Dir::Cache "${directory}/cache";`,
      // The directory is private to this user, so apt's own download user could not write to it.
      'APT::Sandbox::User "root";',
      'Acquire::Languages "none";',
      'Acquire::Retries "2";',
      '',
    ].join('\n'),
  );
  return configuration;
}

/**
 * Fetches the package nats-server of Debian's stable suite into `target` without touching the system: apt checks the
 * signature of the suite and the package's hash, dpkg unpacks it. Returns the path of the program.
 */
export async function fetchFromDebian(target, onProgress) {
  onProgress('fetching nats-server from Debian (once, about ten seconds)');
  mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 });
  const work = mkdtempSync(path.join(path.dirname(target), 'fetch-'));
  try {
    const configuration = writePrivateConfiguration(work, await configuredMirror());
    await run('apt-get', ['-q', '-c', configuration, 'update'], work);
    await run('apt-get', ['-q', '-c', configuration, 'download', 'nats-server'], work);
    const archive = readdirSync(work).find((name) => name.endsWith('.deb'));
    if (!archive) throw new Error('apt downloaded nothing');
    const unpacked = path.join(work, 'unpacked');
    await run('dpkg', ['-x', path.join(work, archive), unpacked], work);
    const program = ['usr/sbin', 'usr/bin'].map((each) => path.join(unpacked, each, 'nats-server')).find(existsSync);
    if (!program) throw new Error(`${archive} has no nats-server`);
    // Renaming is atomic: of two launchers that fetch at the same time both end with a whole file.
    renameSync(program, target);
    return target;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
