/// What stands in the answers, as the exchanges document it or people met it.
enum RefusalTable {
  static let text = """
    gate-io unknown-path 404 made NOT_FOUND
    gate-io missing-header 401 shown {"label":"INVALID_KEY","message":"Missing required header: SIGN"}
    gate-io unknown-key 401 shown {"label":"INVALID_KEY","message":"Invalid key provided"}
    gate-io other-environment 401 shown {"label":"INVALID_KEY","message":"Invalid key provided"}
    gate-io locked-key 403 made ACCOUNT_LOCKED
    gate-io expired-key 401 made INVALID_KEY
    gate-io malformed-time 401 shown REQUEST_EXPIRED
    gate-io clock 401 shown {"message":"gap between request Timestamp and server time exceeds 60","label":"REQUEST_EXPIRED"}
    gate-io signature 401 shown {"label":"INVALID_SIGNATURE","message":"Signature mismatch"}
    gate-io address 403 shown {"label":"FORBIDDEN","message":"Request IP not in whitelist: 203.0.113.9"}
    gate-io permission 403 shown {"label":"FORBIDDEN","message":"Request API key does not have account permission"}
    binance unknown-path 404 made Not found
    binance missing-header 401 shown "code":-2014
    binance missing-parameter 400 made "code":-1102
    binance malformed-key 401 shown {"code":-2014,"msg":"API-key format invalid."}
    binance unknown-key 401 shown {"code":-2015,"msg":"Invalid API-key, IP, or permissions for action."}
    binance other-environment 401 shown "code":-2015
    binance locked-key 401 made "code":-2015
    binance expired-key 401 made "code":-2015
    binance malformed-time 400 made "code":-1102
    binance clock 400 shown {"code":-1021,"msg":"Timestamp for this request is outside of the recvWindow."}
    binance signature 400 shown {"code":-1022,"msg":"Signature for this request is not valid."}
    binance address 401 shown "code":-2015
    binance permission 401 shown "code":-2015
    kraken unknown-path 404 made EGeneral:Unknown method
    kraken missing-header 200 shown {"error":["EAPI:Invalid key"]}
    kraken unknown-key 200 shown {"error":["EAPI:Invalid key"]}
    kraken locked-key 200 shown {"error":["EAuth:Account temporary disabled"]}
    kraken expired-key 200 made {"error":["EAPI:Invalid key"]}
    kraken signature 200 shown {"error":["EAPI:Invalid signature"]}
    kraken one-time-password 200 shown {"error":["EAPI:Invalid signature"]}
    kraken nonce 200 shown {"error":["EAPI:Invalid nonce"]}
    kraken address 200 made {"error":["EGeneral:Permission denied"]}
    kucoin unknown-path 404 made "code":"404000"
    kucoin missing-header 401 shown "code":"400001"
    kucoin unknown-key 401 shown {"code":"400003","msg":"KC-API-KEY not exists"}
    kucoin locked-key 200 shown {"code":"411100","msg":"User are frozen."}
    kucoin expired-key 401 made "code":"400003"
    kucoin malformed-time 400 shown "code":"400002"
    kucoin clock 400 shown {"code":"400002","msg":"Invalid KC-API-TIMESTAMP"}
    kucoin signature 401 shown {"code":"400005","msg":"Invalid KC-API-SIGN"}
    kucoin passphrase 401 shown {"code":"400004","msg":"Invalid KC-API-PASSPHRASE"}
    kucoin address 401 shown {"code":"400006","msg":"The requested ip address is not in the api whitelist"}
    kucoin permission 403 shown {"code":"400007","msg":"Access denied, require more permission."}
    okx unknown-path 404 made "code":"404"
    okx missing-header 401 made "code":"50106"
    okx malformed-key 401 shown {"msg":"Invalid OK-ACCESS-KEY","code":"50111"}
    okx unknown-key 401 shown {"msg":"API key doesn't exist","code":"50119"}
    okx other-environment 401 shown {"msg":"APIKey does not match current environment.","code":"50101"}
    okx locked-key 400 shown {"msg":"API frozen, please contact customer service.","code":"50100"}
    okx expired-key 401 made "code":"50119"
    okx malformed-time 401 shown "code":"50112"
    okx clock 401 shown {"msg":"Timestamp request expired","code":"50102"}
    okx signature 401 shown {"msg":"Invalid Sign","code":"50113"}
    okx passphrase 401 shown {"msg":"Request header \\"OK-ACCESS-PASSPHRASE\\" incorrect.","code":"50105"}
    okx address 401 shown "Your IP 203.0.113.9 is not included in your API key's IP whitelist.","code":"50110"
    okx permission 200 shown {"code":"50120","data":[],"msg":"This API key doesn't have permission to use this function"}
    bybit unknown-path 404 made
    bybit missing-header 401 made
    bybit unknown-key 200 shown "retCode":10003,"retMsg":"API key is invalid."
    bybit other-environment 200 shown "retCode":10003
    bybit locked-key 200 shown "retCode":10008
    bybit expired-key 200 shown "retCode":33004,"retMsg":"Your api key has expired."
    bybit malformed-time 200 shown "retCode":10002
    bybit clock 200 shown "retCode":10002,"retMsg":"The request time exceeds the time window range."
    bybit signature 200 shown "retCode":10004,"retMsg":"Error sign, please check your signature generation algorithm."
    bybit address 200 shown "retCode":10010,"retMsg":"Unmatched IP, please check your API key's bound IP addresses."
    bybit permission 200 shown "retCode":10005,"retMsg":"Permission denied, please check your API key permissions."
    coinbase unknown-path 404 made not found
    coinbase missing-header 401 shown Unauthorized
    coinbase malformed-key 401 shown Unauthorized
    coinbase unknown-key 401 shown Unauthorized
    coinbase locked-key 401 made Unauthorized
    coinbase expired-key 401 made Unauthorized
    coinbase clock 401 shown Unauthorized
    coinbase signature 401 shown Unauthorized
    coinbase address 401 shown Unauthorized
    coinbase permission 403 shown "error":"PERMISSION_DENIED","error_details":"Missing required scopes"
    bitget unknown-path 404 made "code":"40404"
    bitget missing-header 400 made "code":"40003"
    bitget malformed-key 400 shown "code":"40006","msg":"Invalid ACCESS_KEY"
    bitget unknown-key 400 shown "code":"40037","msg":"Apikey does not exist"
    bitget other-environment 400 shown "code":"40099","msg":"exchange environment is incorrect"
    bitget locked-key 400 shown "code":"40013","msg":"User status is abnormal"
    bitget expired-key 400 made "code":"40037"
    bitget malformed-time 400 shown "code":"40005"
    bitget clock 400 shown "code":"40008","msg":"Request timestamp expired","requestTime":1700000030001,"data":null
    bitget signature 400 shown "code":"40009","msg":"sign signature error"
    bitget passphrase 400 shown "code":"40012","msg":"apikey/password is incorrect"
    bitget address 400 shown "code":"40018","msg":"Invalid IP,Current request IP 203.0.113.9"
    bitget permission 400 shown "code":"40014","msg":"Incorrect permissions, need spot read permissions"
    bitget account-mode 400 shown "code":"40085","msg":"You are in Unified Account mode
    mexc unknown-path 404 made "code":404
    mexc missing-header 400 shown {"code":400,"msg":"api key required"}
    mexc missing-parameter 400 made "code":700004
    mexc unknown-key 400 shown {"code":10072,"msg":"Api key info invalid"}
    mexc locked-key 400 shown {"code":730100,"msg":"Unusual user status"}
    mexc expired-key 400 shown {"code":700002,"msg":"Signature for this request is not valid."}
    mexc malformed-time 400 made "code":700004
    mexc clock 400 shown {"code":700003,"msg":"Timestamp for this request is outside of the recvWindow."}
    mexc signature 400 shown {"code":700002,"msg":"Signature for this request is not valid."}
    mexc address 400 shown {"code":700006,"msg":"IP [203.0.113.9] not in the ip white list"}
    mexc permission 400 shown {"code":700007,"msg":"No permission to access the endpoint."}
    htx unknown-path 404 made "code":404
    htx missing-parameter 200 made "code":1003
    htx unknown-key 200 shown "err-msg":"Signature not valid: Incorrect Access key [Access key错误]"
    htx locked-key 200 made "code":1002
    htx expired-key 200 made "code":1003
    htx malformed-time 200 shown Invalid submission time
    htx clock 200 shown "err-msg":"Signature not valid: Invalid submission time or incorrect time format
    htx signature 200 shown {"code":1003,"message":"invalid signature"}
    htx address 200 shown "err-msg":"Signature not valid: Incorrect IP address [IP地址错误]:203.0.113.9"
    htx permission 200 shown "err-msg":"Signature not valid: API key has no permission [API Key没有权限]"
    htx sub-account 200 shown {"code":1002,"message":"unauthorized"}
    """
}
