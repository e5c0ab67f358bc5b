/** The example request body of the documentation page, byte for byte (Feishu "查询外部背调列表"). */
export const documentExampleRequest = `{
    "external_background_check_id_list": [
        "6960663240925956660"
    ]
}`;

/** The example response body of the documentation page, byte for byte (Feishu "查询外部背调列表"). */
export const documentExample = `{
    "code": 0,
    "msg": "ok",
    "data": {
        "items": [
            {
                "id": "6989202908470446380",
                "external_application_id": "7003247299220982060",
                "date": 1626602069393,
                "name": "张三的背调",
                "result": "已通过",
                "attachment_list": [
                    {
                        "id": "6987954043925432620",
                        "name": "test_resume.pdf",
                        "size": 1928
                    }
                ]
            }
        ],
        "page_token": "eVQrYzJBNDNONlk4VFZBZVlSdzlKdFJ4bVVHVExENDNKVHoxaVdiVnViQT0=",
        "has_more": true
    }
}`;
