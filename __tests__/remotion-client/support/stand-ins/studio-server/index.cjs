// Stands in for @remotion/studio-server (Babel, recast, svgr: 60 MB). The `remotion lambda` commands
// use two of its helpers to print; everything else is the Studio's.
class AnsiDiff {
  update(text) {
    return text;
  }
}

exports.remotionSkillNames = [];
exports.StudioServerInternals = {
  AnsiDiff,
  formatBytes: (bytes) => `${bytes} B`,
};
