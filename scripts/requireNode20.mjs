// Imported before anything else by each script: what follows it is read only where it can be understood.
if (Number.parseInt(process.versions.node, 10) < 20) {
  process.stderr.write(
    `Enhancer Workbench needs Node 20 or newer to set itself up; this is Node ${process.versions.node}. Install Node 24 from nodejs.org, then start again.\n`,
  )
  process.exit(1)
}
