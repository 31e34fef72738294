import { configMapName } from '../config.js';
import { defineFileRule, word } from '../rule.js';
import { describedVersion, describedVersions, versionDirectives } from '../version.js';
import { scalarText, valueOf } from '../yaml/node.js';
import { isTemplated } from '../yaml/templates.js';

const instead = 'It is left aside, and the version is read from the rest of the file.';

export const versionUnknown = defineFileRule({
  id: 'version-unknown',
  severity: 'warning',
  summary: 'The version to check for is one that Cilium Lens knows',
  why: 'A version that is mistyped or has no table cannot be checked for, so findings are those of another version.',
  versions: 'all versions',
  evidence: `own tables: Cilium ${describedVersions}`,
  examples: [
    {
      bad: `
        # cilium-version: banana
        #                 ^^^^^^
        data:
          enable-ipv4: "true"
      `,
      good: `
        # cilium-version: 1.16
        data:
          enable-ipv4: "true"
      `,
    },
  ],

  checkFile({ file, configs, setting = '', report }) {
    for (const { text, at, version } of versionDirectives(file.text)) {
      if (version !== undefined || isTemplated(text)) continue;
      const what =
        text === ''
          ? `This comment names no version of Cilium (${describedVersions}).`
          : `${word(text)} is not a Cilium version that the tables know: ${describedVersions}.`;
      const start = text === '' ? file.text.lastIndexOf('cilium-version', at.start) : at.start;
      report({ range: { start, end: at.end }, message: `${what} ${instead}` });
    }
    const [config] = configs;
    if (config === undefined || setting.trim() === '' || describedVersion(setting) !== undefined) return;
    const name = valueOf(valueOf(config.object, 'metadata'), 'name');
    report({
      range: name?.range ?? config.object.range,
      message: `The setting \`ciliumLens.config.version\` is ${word(setting)}, which is not a Cilium version that the tables know: ${describedVersions}. The version of ${scalarText(name) ?? configMapName} is read from the file.`,
    });
  },
});
