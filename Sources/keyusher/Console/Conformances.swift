public import ArgumentParser
public import Exports

// Where the parts meet: types of one target that fit what another asks for.

extension ExportFormat: ExpressibleByArgument {}
extension BlankFormat: ExpressibleByArgument {}
