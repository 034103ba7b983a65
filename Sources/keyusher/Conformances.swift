public import ArgumentParser
public import Ceremony
public import Exports
public import Stores

// Where the parts meet: types of one target that fit what another asks for.

extension ExportFormat: ExpressibleByArgument {}
extension BlankFormat: ExpressibleByArgument {}
extension OfflineStore: CredentialKeeping {}
