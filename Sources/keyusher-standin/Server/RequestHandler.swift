import NIOCore
import NIOHTTP1
import StandIn

/// Collects the requests of one connection, and sends what is answered to each.
final class RequestHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  /// The longest body that is taken, in bytes: introspection has none, or a form of a hundred.
  static let longestBody = 64 << 10

  private let answer: @Sendable (Request) -> Answer
  private var head: HTTPRequestHead?
  private var body: [UInt8] = []
  private var isTooLong = false

  /// - Parameter answer: called on the connection's event loop.
  init(answer: @escaping @Sendable (Request) -> Answer) { self.answer = answer }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      body = []
      isTooLong = false
    case .body(let bytes):
      isTooLong = isTooLong || body.count + bytes.readableBytes > Self.longestBody
      if !isTooLong { body += bytes.readableBytesView }
    case .end: finish(context)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  /// A connection on which nothing happens is closed.
  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is IdleStateHandler.IdleStateEvent {
      context.close(promise: nil)
    } else {
      context.fireUserInboundEventTriggered(event)
    }
  }

  // MARK: - Private

  private func finish(_ context: ChannelHandlerContext) {
    guard let head else { return }
    self.head = nil
    let channel = context.channel
    guard !isTooLong else {
      return Response(refusing: head).send(on: channel)
    }
    let request = Request(
      method: head.method.rawValue, target: head.uri, headers: head.headers.map { Header($0.name, $0.value) },
      body: body,
      peer: context.remoteAddress?.ipAddress ?? "", port: channel.localAddress?.port ?? 0)
    let answer = answer(request)
    let response = Response(answer, to: head)
    if answer.wait > 0 {
      channel.eventLoop.scheduleTask(in: .milliseconds(Int64(answer.wait))) { response.send(on: channel) }
    } else {
      response.send(on: channel)
    }
  }
}

/// What is sent.
private struct Response {
  private var head: HTTPResponseHead
  private let body: [UInt8]
  /// How much of the body is sent before the connection is closed; nil for all.
  private let cutOff: Int?

  init(_ answer: Answer, to request: HTTPRequestHead) {
    var headers = HTTPHeaders(answer.reply.headers.map { ($0.name, $0.value) })
    headers.add(name: "Content-Length", value: String(answer.reply.body.count))
    if !request.isKeepAlive { headers.add(name: "Connection", value: "close") }
    head = HTTPResponseHead(
      version: request.version, status: HTTPResponseStatus(statusCode: answer.reply.status), headers: headers)
    body = answer.reply.body
    cutOff = answer.cutOff
  }

  /// The request was too long.
  init(refusing request: HTTPRequestHead) {
    head = HTTPResponseHead(
      version: request.version, status: .payloadTooLarge, headers: ["Content-Length": "0", "Connection": "close"])
    body = []
    cutOff = nil
  }

  func send(on channel: any Channel) {
    channel.write(HTTPServerResponsePart.head(head), promise: nil)
    let sent = ByteBuffer(bytes: body.prefix(cutOff ?? body.count))
    channel.write(HTTPServerResponsePart.body(.byteBuffer(sent)), promise: nil)
    if cutOff == nil { channel.write(HTTPServerResponsePart.end(nil), promise: nil) }
    channel.flush()
    // What was written goes out first.
    if cutOff != nil || !head.isKeepAlive { channel.close(promise: nil) }
  }
}
